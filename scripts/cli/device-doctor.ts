import type { Client } from './client.ts';
import { exits, type Io } from './io.ts';

interface Diagnosis {
  readonly deviceId: string;
  readonly at: string;
  readonly findings: readonly { readonly code: string; readonly text: string; readonly do: string }[];
}

/** Why a device is silent, or would be when it is needed: what the service knows of it. */
export async function examineDevice(client: Client, io: Io, deviceId: string): Promise<void> {
  const diagnosis = await client.ask<Diagnosis>('GET', `/devices/${encodeURIComponent(deviceId)}/doctor?lang=${io.lang}`);
  const lines = diagnosis.findings.flatMap(({ text, do: todo }) => [text, `  -> ${todo}`]);
  io.result(
    diagnosis,
    lines.length === 0 ? io.t(`${deviceId}: nothing is known to be wrong`, `${deviceId}：未发现问题`) : lines.join('\n'),
  );
  if (diagnosis.findings.length > 0) process.exitCode = exits.unwell;
}
