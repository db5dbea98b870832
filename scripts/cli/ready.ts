import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Settings } from '../../config/schema.ts';
import { type Client, openClient, urlOf, urlOfSettings } from './client.ts';
import { type Globals, type Io, type Language, openIo, settingsOf } from './io.ts';
import { keptToken, tokenFolder } from './token.ts';

/** As `npm start` does, whatever folder the command is called from. */
export const home = resolve(import.meta.dirname, '../..');

/** What a command is given, once the line is parsed. */
export interface Ready {
  readonly io: Io;
  settings(): Settings;
  url(): string;
  /** The address that was asked for, if one was. @throws Ends when it is none */
  named(): string | undefined;
  /** The service, as whoever signed in. */
  client(): Promise<Client>;
}

export function readyOf(command: Command, lang: Language): Ready {
  const { json = false, url, token } = command.optsWithGlobals<Globals>();
  const io = openIo(lang, json);
  const settings = () => settingsOf(home);
  const asked = url ?? process.env['BAIYING_URL'];
  const named = () => (asked === undefined ? undefined : urlOf(asked, io));
  const at = () => named() ?? urlOfSettings(settings(), io);
  return {
    io,
    settings,
    url: at,
    named,
    async client() {
      const given = token ?? process.env['BAIYING_TOKEN'];
      return openClient({ io, url: at(), token: given ?? (await keptToken(tokenFolder(process.env), at())) });
    },
  };
}
