export const message = 'schema';
export type Message = typeof message;
