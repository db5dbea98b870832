// Breaks sql-only-in-store, by a type alone, and pg-only-in-store-and-queue.
import type { Kysely } from 'kysely';
import { Pool } from 'pg';

export const voice = (): string => Pool.name;
export type Record = Kysely<unknown>;
