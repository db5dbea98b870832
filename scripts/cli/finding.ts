/** What the doctor found of one thing. */
export interface Finding {
  readonly name: string;
  readonly state: 'ok' | 'warn' | 'fail';
  readonly found: string;
  /** What to do; absent when all is well. */
  readonly todo?: string;
}

export const ok = (name: string, found: string): Finding => ({ name, state: 'ok', found });
export const warn = (name: string, found: string, todo: string): Finding => ({ name, state: 'warn', found, todo });
export const fail = (name: string, found: string, todo: string): Finding => ({ name, state: 'fail', found, todo });
