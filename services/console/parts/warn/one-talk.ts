import type { OpenMicrophone, Talk, TalkNews } from './talk.ts';

export interface Shown {
  readonly state: 'silent' | 'opening' | 'waiting' | 'talking';
  /** 0 to 1. */
  readonly level: number;
  readonly error: unknown;
}
export const silent: Shown = { state: 'silent', level: 0, error: undefined };

export interface TalkMeans {
  /** @throws NoMicrophone */
  readonly openMicrophone: () => Promise<OpenMicrophone>;
  readonly openTalk: (broadcastId: string, microphone: OpenMicrophone, news: TalkNews) => Talk;
  /** Ends a live broadcast that nobody will speak to. */
  readonly stop: (broadcastId: string) => void;
  readonly show: (news: Partial<Shown>) => void;
}

/**
 * One talk at a time: begun, heard by the loudspeakers, ended. A talk that is ended while it is still being opened, as by
 * whoever leaves the page while the browser asks for the microphone, is ended: what opens after that is closed at once.
 */
export class OneTalk {
  readonly #means: TalkMeans;
  /** Counts the talks, so that one that is over neither opens nor shows anything any more. */
  #turn = 0;
  /** Closes what is open of this turn. */
  #leave: (() => void) | undefined;

  constructor(means: TalkMeans) {
    this.#means = means;
  }

  /** @param ask asks the server for a live broadcast; answers its id */
  async begin(ask: () => Promise<string>): Promise<void> {
    this.end();
    const turn = this.#turn;
    const over = (): boolean => turn !== this.#turn;
    const { openMicrophone, openTalk, stop, show } = this.#means;
    show({ state: 'opening', error: undefined });
    try {
      // The microphone first: without one nobody need be asked for a talk.
      const microphone = await openMicrophone();
      if (over()) return microphone.close();
      this.#leave = () => microphone.close();
      const id = await ask();
      if (over()) return stop(id);
      const talk = openTalk(id, microphone, this.#newsFor(over));
      this.#leave = () => talk.end();
      show({ state: 'waiting' });
    } catch (refused) {
      if (over()) return;
      this.end();
      show({ error: refused });
    }
  }

  end(): void {
    this.#turn += 1;
    this.#leave?.();
    this.#leave = undefined;
    this.#means.show({ state: 'silent', level: 0 });
  }

  #newsFor(over: () => boolean): TalkNews {
    const speaking = new Set<string>();
    return {
      level: (level) => {
        if (!over()) this.#means.show({ level });
      },
      loudspeaker: (deviceId, news) => {
        if (news === 'talking') speaking.add(deviceId);
        else speaking.delete(deviceId);
        if (!over()) this.#means.show({ state: speaking.size > 0 ? 'talking' : 'waiting' });
      },
      over: () => {
        if (!over()) this.end();
      },
    };
  }
}
