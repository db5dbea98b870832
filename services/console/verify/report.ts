/** What a check of a bundle found. The words for it stand in words.ts, one for each code. */

/** A file that is read in parts, in a browser or on a disk. */
export interface Source {
  readonly size: number;
  /** @param end the first byte that is not wanted any more */
  read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
  sums(start: number, end: number): Promise<Sums>;
}
export interface Sums {
  /** Hexadecimal. */
  readonly sha256: string;
  readonly crc32: number;
}

export type FaultCode =
  | 'not-a-bundle'
  | 'cut-short'
  | 'container-changed'
  | 'part-changed'
  | 'part-missing'
  | 'part-unlisted'
  | 'manifest-unreadable'
  | 'signature-wrong'
  | 'key-false'
  | 'key-other'
  | 'key-retired'
  | 'timeline-unreadable'
  | 'entry-changed'
  | 'entry-missing'
  | 'entry-out-of-place'
  | 'timeline-end'
  | 'picture-changed'
  | 'picture-unknown'
  | 'picture-left-out'
  | 'picture-taken-out';

export interface Fault {
  readonly code: FaultCode;
  /** The file of the bundle that it is about. */
  readonly path?: string;
  /** The entry of the timeline. */
  readonly entry?: number;
}

export interface Missing {
  readonly cameraId: string;
  readonly what: string;
  readonly reason: string;
  readonly from?: string;
  readonly footageId?: string;
  readonly sha256?: string;
}

export interface Report {
  readonly good: boolean;
  readonly faults: readonly Fault[];
  /** Absent where the manifest cannot be read. */
  readonly bundle?: {
    readonly incident: { readonly id: string; readonly number: number; readonly kind: string; readonly exercise: boolean };
    readonly takenAt: string;
    readonly takenBy: string;
    readonly entries: number;
    readonly parts: number;
    readonly missing: readonly Missing[];
  };
  /** The key that the bundle names, and whether somebody said which it must be. */
  readonly key?: { readonly kid: string; readonly pinned: boolean };
}
