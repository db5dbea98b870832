/** Pages that are open on phones. */
export interface PhonePagesTable {
  id: string;
  device_id: string;
  /** The process that holds the page lengthens it; past it the page is gone. */
  until: Date;
}
