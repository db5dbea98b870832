/** @returns the address of the file to start, or undefined where none was built or a source has changed since */
export function builtServer(): string | undefined;
/** @throws Error with what Vite said */
export function buildServer(): void;
