// Breaks alarm-imports-nobody: a Node module in the pure rules.
import { readFileSync } from 'node:fs';

export const rules = (file: string): string => readFileSync(file, 'utf8');
