export interface PlansTable {
  id: string;
  site_id: string;
  name: string;
  file: string;
  media_type: string;
  bytes: number;
  sha256: string;
  /** Pixels. */
  width: number;
  height: number;
  by: string;
  at: Date;
}
