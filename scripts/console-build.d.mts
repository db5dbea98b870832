/** Whether services/console/dist is what its sources and packages would make today. */
export function consoleIsBuilt(): boolean;
/** @throws Error with what Vite said */
export function buildConsole(): void;
