import type { Message } from '../messages.ts';

export const show = (message: Message): string => message;
