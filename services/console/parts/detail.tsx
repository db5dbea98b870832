/** What only this case of a problem says. The server says it in English, whatever the language of the page: a screen reader must know. */
export const Detail = ({ text }: { readonly text: string }) => <div lang="en">{text}</div>;
