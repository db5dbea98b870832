import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../api/client.ts';
import { sessionQuery } from '../api/session.ts';
import { Trouble } from '../parts/trouble.tsx';
import { type Language, language, speak, useWords } from '../words/index.ts';

/** Names the other language in its own words. Whoever is signed in keeps the choice with the account. */
export function LanguageSwitch() {
  const say = useWords('shell');
  const client = useQueryClient();
  const { data: session } = useQuery(sessionQuery);
  const keeping = useMutation({
    mutationFn: async (chosen: Language) => {
      if (!session?.account) return;
      await answer(api.PUT('/api/v1/me', { body: { language: chosen } }));
      await client.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  });
  const other = language() === 'zh' ? 'en' : 'zh';
  const choose = async () => {
    await speak(other);
    keeping.mutate(other);
  };
  return (
    <>
      <Button size="compact-sm" variant="subtle" lang={other === 'zh' ? 'zh-CN' : 'en'} onClick={() => void choose()}>
        {say('switchLanguage')}
      </Button>
      <Trouble error={keeping.error} />
    </>
  );
}
