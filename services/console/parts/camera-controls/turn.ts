import { answer, api } from '../../api/client.ts';
import type { paths } from '../../api/types.generated.ts';

export type Aim = paths['/api/v1/cameras/{id}/ptz']['post']['requestBody']['content']['application/json'];
export type Way = 'left' | 'right' | 'up' | 'down' | 'in' | 'out';

const speed = 0.5;
const moves: Readonly<Record<Way, Aim>> = {
  left: { pan: -speed },
  right: { pan: speed },
  up: { tilt: speed },
  down: { tilt: -speed },
  in: { zoom: speed },
  out: { zoom: -speed },
};
/** A move ends by itself a little later than the next one is sent: a page that dies leaves no camera turning. */
const lasts = 700;
const again = 450;

export const aim = (id: string, body: Aim) => answer(api.POST('/api/v1/cameras/{id}/ptz', { params: { path: { id } }, body }));

/** Turns for as long as it is held. @param failed told why it was refused; the turning has then ended */
export function turn(cameraId: string, way: Way, failed: (error: unknown) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let held = true;
  const step = (): void => {
    aim(cameraId, { ...moves[way], milliseconds: lasts }).then(
      () => {
        if (held) timer = setTimeout(step, again);
      },
      (error: unknown) => {
        held = false;
        failed(error);
      },
    );
  };
  step();
  return () => {
    if (!held) return;
    held = false;
    clearTimeout(timer);
    aim(cameraId, { stop: true }).catch(failed);
  };
}
