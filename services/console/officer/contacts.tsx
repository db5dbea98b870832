import { Icon } from '../parts/icon.tsx';
import { useWords } from '../words/index.ts';
import classes from './officer.module.css';
import type { Order } from './orders.ts';

type Contact = NonNullable<Order['site']>['contacts'][number];

/** What can be dialled; numbers in a register are written with blanks, dashes and brackets. */
const numberIn = (text: string): string | undefined => {
  const digits = text.replaceAll(/[\s()（）-]/g, '');
  return /^\+?\d{3,15}$/.test(digits) ? digits : undefined;
};

function readContact(contact: Contact): { readonly text: string; readonly number: string | undefined } {
  if (typeof contact === 'string') return { text: contact, number: /\+?[\d\s()（）-]{3,}/.exec(contact)?.map(numberIn)[0] };
  const values = Object.values(contact).map(String);
  const number = values.map(numberIn).find((found) => found !== undefined);
  return { text: values.filter((value) => numberIn(value) === undefined).join(' '), number };
}

/** Whom to ring at the site, each by one touch. */
export function Contacts({ contacts }: { readonly contacts: readonly Contact[] }) {
  const say = useWords('officer');
  if (contacts.length === 0) return null;
  return (
    <ul className={classes.contacts} aria-label={say('contacts')}>
      {contacts.map(readContact).map(({ text, number }) => (
        <li key={`${text} ${number}`}>
          {number === undefined ? (
            text
          ) : (
            <a className={classes.plain} href={`tel:${number}`}>
              <Icon name="phone" />
              <span>
                {say('call')} {text}
              </span>
              <strong>{number}</strong>
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}
