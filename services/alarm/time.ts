/** Milliseconds since 1970-01-01T00:00:00Z on the product's own clock (see docs/decisions/0003). */
export type Instant = number;

/** A span in milliseconds. Made by the functions below, so that no bare number carries a hidden unit. */
export type Duration = number;

export const milliseconds = (count: number): Duration => count;
export const seconds = (count: number): Duration => count * 1000;
export const minutes = (count: number): Duration => seconds(count * 60);
export const hours = (count: number): Duration => minutes(count * 60);

/** RFC 3339 in UTC with milliseconds, the form of every instant that leaves the product. */
export const rfc3339 = (instant: Instant): string => new Date(instant).toISOString();
