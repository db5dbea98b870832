// Breaks console-talks-to-routes and console-takes-types-only.
import { ear } from '../broker/ear.ts';
import { message } from '../messages.ts';

export const page = (): string => ear() + message;
