import type { Bilingual, ProcedureStep } from '../alarm/index.ts';
import type { Dated, Json } from './tables.ts';

export interface ProcedureColumns {
  id: string;
  version: number;
  title: Json<Bilingual>;
  kinds: string[];
  site_kinds: string[];
  steps: Json<ProcedureStep[]>;
}
export interface ProceduresTable extends ProcedureColumns, Dated {}
export interface ProcedureVersionsTable extends ProcedureColumns {
  at: Date;
}
