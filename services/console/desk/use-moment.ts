import { useEffect, useRef, useState } from 'react';

/** Whether it was begun within the last so many milliseconds, and how to begin it. */
export function useMoment(length: number): readonly [boolean, () => void] {
  const [lasts, setLasts] = useState(false);
  const end = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(end.current), []);
  const begin = (): void => {
    clearTimeout(end.current);
    end.current = setTimeout(() => setLasts(false), length);
    setLasts(true);
  };
  return [lasts, begin];
}
