/** An incident as the HTTP side shows it, as far as stories look at it. */
export interface IncidentView {
  readonly id: string;
  readonly number: number;
  readonly kind: string;
  readonly priority: number;
  readonly state: string;
  readonly exercise: boolean;
  readonly silent: boolean;
  readonly confirmed: boolean;
  readonly openedAt: string;
  readonly deviceId?: string;
  readonly acknowledgedBy?: string;
  readonly disposition?: string;
  readonly signals: readonly {
    readonly id: string;
    readonly deviceId: string;
    readonly type: string;
    readonly count: number;
    readonly exercise: boolean;
  }[];
  readonly orders: readonly {
    readonly id: string;
    readonly unitId: string;
    readonly state: string;
    readonly deviceId?: string;
    readonly issuedAt: string;
    readonly exercise: boolean;
  }[];
  readonly related: readonly { readonly id: string; readonly reason?: string }[];
  readonly timeline: readonly Entry[];
  readonly deadline?: string;
  readonly clock?: { readonly name: string; readonly level: number };
}

export interface Entry {
  readonly at: string;
  readonly kind: string;
  readonly text: string;
  readonly reason?: string;
  readonly by?: string;
  readonly data: Readonly<Record<string, unknown>>;
}
