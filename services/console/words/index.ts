import i18next from 'i18next';
import { useCallback } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import { places } from '../admin/places/words.ts';
import { admin } from '../admin/words.ts';
import { auditWords as audit } from '../admin/words-audit.ts';
import { desk } from '../desk/words.ts';
import { firstRun } from '../first-run/words.ts';
import { installer } from '../installer/words.ts';
import { installerTroubles } from '../installer/words-troubles.ts';
import { mapPage } from '../map/words.ts';
import { officer } from '../officer/words.ts';
import { ownAccount } from '../own-account/words.ts';
import { cameraControls } from '../parts/camera-controls/words.ts';
import { livePicture } from '../parts/live-picture/words.ts';
import { mapWords as map } from '../parts/map/words.ts';
import { warn } from '../parts/warn/words.ts';
import { patrol } from '../patrol/words.ts';
import { records } from '../records/words.ts';
import { shell } from '../shell/words.ts';
import { signIn } from '../sign-in/words.ts';
import { policies } from '../supervisor/policy-words.ts';
import { supervisor } from '../supervisor/words.ts';
import { verify } from '../verify/words.ts';
import type { Bilingual } from './bilingual.ts';
import { common } from './common.ts';
import { faults } from './faults.ts';

/** The catalogues of all rooms; nothing that people read stands outside them. */
export const rooms = {
  admin,
  audit,
  policies,
  desk,
  firstRun,
  supervisor,
  cameraControls,
  installer,
  installerTroubles,
  livePicture,
  patrol,
  places,
  warn,
  common,
  faults,
  map,
  mapPage,
  officer,
  records,
  ownAccount,
  shell,
  signIn,
  verify,
} as const;
export type Room = keyof typeof rooms;
type Key<R extends Room> = (typeof rooms)[R] extends Bilingual<infer K> ? K : never;

export type Language = 'zh' | 'en';
const kept = 'baiying.language';

const inLanguage = (language: Language) => Object.fromEntries(Object.entries(rooms).map(([room, words]) => [room, words[language]]));

export async function openWords(): Promise<void> {
  const asked = localStorage.getItem(kept) ?? navigator.language;
  await i18next.use(initReactI18next).init({
    lng: asked.startsWith('zh') ? 'zh' : 'en',
    resources: { zh: inLanguage('zh'), en: inLanguage('en') },
    keySeparator: false,
    interpolation: { escapeValue: false },
  });
  tellBrowser();
}

export const language = (): Language => (i18next.language === 'zh' ? 'zh' : 'en');

export async function speak(chosen: Language): Promise<void> {
  localStorage.setItem(kept, chosen);
  await i18next.changeLanguage(chosen);
  tellBrowser();
}

/** Screen readers pronounce, and fonts choose their glyphs, by the language of the page. */
function tellBrowser(): void {
  document.documentElement.lang = language() === 'zh' ? 'zh-CN' : 'en';
}

type Speak = (key: string, values: object) => string;
export type Say<R extends Room> = (key: Key<R>, values?: Readonly<Record<string, string | number>>) => string;

/** The words of one room in the language of the page. */
export function useWords<R extends Room>(room: R): Say<R> {
  const { t } = useTranslation(room);
  return useCallback<Say<R>>((key, values) => (t as Speak)(key, { ...values }), [t]);
}

/** For a key that comes from data, as the kind of an incident: the data itself when no word is known for it. */
export function useWordFor<R extends Room>(room: R): (key: string) => string {
  const { t } = useTranslation(room);
  return (key) => (t as Speak)(key, { defaultValue: key.slice(key.lastIndexOf('.') + 1) });
}
