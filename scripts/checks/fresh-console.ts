import { buildConsole, consoleIsBuilt } from '../console-build.mjs';

/** The stories of the browser see the pages as their sources are now. */
export default function setup(): void {
  if (!consoleIsBuilt()) buildConsole();
}
