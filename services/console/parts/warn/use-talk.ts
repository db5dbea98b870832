import { useEffect, useRef, useState } from 'react';
import { openMicrophone, openTalk, type Talk } from './talk.ts';

export interface Talking {
  readonly state: 'silent' | 'opening' | 'waiting' | 'talking';
  /** 0 to 1. */
  readonly level: number;
  readonly error: unknown;
  begin(): void;
  end(): void;
}

/** One talk at a time: begun, heard by the loudspeakers, ended. @param ask asks the server for a live broadcast; answers its id */
export function useTalk(ask: () => Promise<string>): Talking {
  const [state, setState] = useState<Talking['state']>('silent');
  const [level, setLevel] = useState(0);
  const [error, setError] = useState<unknown>();
  const talk = useRef<Talk>(undefined);
  useEffect(() => () => talk.current?.end(), []);

  const begin = async (): Promise<void> => {
    setError(undefined);
    setState('opening');
    try {
      // The microphone first: without one nobody need be asked for a talk.
      const microphone = await openMicrophone();
      const id = await ask().catch((refused: unknown) => {
        microphone.close();
        throw refused;
      });
      const speaking = new Set<string>();
      talk.current = openTalk(id, microphone, {
        level: setLevel,
        loudspeaker(deviceId, news) {
          if (news === 'talking') speaking.add(deviceId);
          else speaking.delete(deviceId);
          setState(speaking.size > 0 ? 'talking' : 'waiting');
        },
        over() {
          talk.current = undefined;
          setState('silent');
          setLevel(0);
        },
      });
      setState('waiting');
    } catch (refused) {
      setError(refused);
      setState('silent');
    }
  };
  return {
    state,
    level,
    error,
    begin: () => void begin(),
    end() {
      talk.current?.end();
      setState('silent');
      setLevel(0);
    },
  };
}
