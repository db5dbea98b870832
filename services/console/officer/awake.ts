import { useEffect } from 'react';

/** The screen stays on while the unit is on duty: a phone that sleeps holds no line, and its orders go to somebody else. */
export function useAwake(on: boolean): void {
  useEffect(() => {
    if (!on || !('wakeLock' in navigator)) return;
    let held: WakeLockSentinel | undefined;
    let over = false;
    const ask = async (): Promise<void> => {
      if (document.visibilityState !== 'visible' || over || held?.released === false) return;
      try {
        held = await navigator.wakeLock.request('screen');
        if (over) await held.release();
      } catch (error) {
        console.info('the screen may go dark:', error);
      }
    };
    // The system takes the lock away with the page, and does not give it back.
    const back = (): void => void ask();
    document.addEventListener('visibilitychange', back);
    void ask();
    return () => {
      over = true;
      document.removeEventListener('visibilitychange', back);
      void held?.release();
    };
  }, [on]);
}
