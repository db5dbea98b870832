// Breaks bullmq-only-in-queue, catalogue-only-for-mains and product-knows-no-test.
import { Queue } from 'bullmq';
import { expect } from 'vitest';
import { catalogue } from '../../devices/catalogue.ts';

export const hands = (): unknown[] => [Queue.name, catalogue, expect];
