import { Alert, Button, Center, Divider, Group, Paper, Stack, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useSession } from '../api/session.ts';
import { LanguageSwitch } from '../shell/language-switch.tsx';
import { useWords } from '../words/index.ts';
import { Password } from './password.tsx';
import { SecondFactor } from './second-factor.tsx';

/** What people set for themselves. Whoever must have a second factor and has none sees this page and no other. */
export default function OwnAccount() {
  const say = useWords('ownAccount');
  const common = useWords('common');
  const { actor, secondFactorDue = false } = useSession();
  return (
    <Center mih="100%" p="md">
      <Paper p="xl" w="min(32rem, 100%)" withBorder>
        <Stack>
          <Group justify="space-between">
            <Title order={1} size="h2">
              {`${say('title')} · ${actor.name}`}
            </Title>
            {secondFactorDue && <LanguageSwitch />}
          </Group>
          {secondFactorDue ? (
            <Alert color="yellow" variant="outline">
              {say('due')}
            </Alert>
          ) : (
            <>
              <Button component={Link} to="/" variant="default" w="fit-content">
                {common('back')}
              </Button>
              <Password />
              <Divider />
            </>
          )}
          <SecondFactor />
        </Stack>
      </Paper>
    </Center>
  );
}
