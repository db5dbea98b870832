import { PasswordInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useWords } from '../words/index.ts';

interface NewPassword {
  readonly fields: ReactNode;
  /** What was typed; undefined, and said beside the fields, while the two differ. */
  readonly read: (form: FormData) => string | undefined;
}

/** A password that somebody chooses, typed twice. */
export function useNewPassword(label: string): NewPassword {
  const say = useWords('common');
  const [differ, setDiffer] = useState(false);
  const read = (form: FormData) => {
    const password = String(form.get('password'));
    const same = password === form.get('again');
    setDiffer(!same);
    return same ? password : undefined;
  };
  const fields = (
    <>
      <PasswordInput
        name="password"
        label={label}
        description={say('passwordHint')}
        autoComplete="new-password"
        required
        minLength={8}
        maxLength={256}
      />
      <PasswordInput
        name="again"
        label={say('passwordAgain')}
        autoComplete="new-password"
        required
        error={differ ? say('passwordsDiffer') : undefined}
      />
    </>
  );
  return { fields, read };
}
