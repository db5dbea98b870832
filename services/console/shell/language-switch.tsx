import { Button } from '@mantine/core';
import { language, speak, useWords } from '../words/index.ts';

/** Names the other language in its own words. */
export function LanguageSwitch() {
  const say = useWords('shell');
  const other = language() === 'zh' ? 'en' : 'zh';
  return (
    <Button size="compact-sm" variant="subtle" lang={other === 'zh' ? 'zh-CN' : 'en'} onClick={() => void speak(other)}>
      {say('switchLanguage')}
    </Button>
  );
}
