import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Language, Words } from '../../words.ts';
import { staff } from '../roles.ts';

export interface PhraseDeps {
  readonly words: Readonly<Record<Language, Pick<Words, 'phrase' | 'phraseIds'>>>;
}

const phraseShape = z.object({ id: z.string(), zh: z.string().exactOptional(), en: z.string().exactOptional() });

/** What loudspeakers can be asked to say by id. */
export const phraseRoutes =
  ({ words: { zh, en } }: PhraseDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const some = <K extends Language>(language: K, text: string | undefined) => (text === undefined ? {} : { [language]: text });
    app.get(
      '/phrases',
      { config: { access: staff }, schema: { response: { 200: z.object({ items: z.array(phraseShape) }) } } },
      async () => ({
        items: [...new Set([...zh.phraseIds(), ...en.phraseIds()])].map((id) => ({
          id,
          ...some('zh', zh.phrase(id)),
          ...some('en', en.phrase(id)),
        })),
      }),
    );
  };
