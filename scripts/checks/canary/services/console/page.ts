// Breaks console-talks-to-routes.
import { ear } from '../broker/ear.ts';
import { message } from '../messages.ts';

export const page = (): string => ear() + message;
