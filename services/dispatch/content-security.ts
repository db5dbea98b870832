/** What our pages may load: nothing from elsewhere, no script in the page. @param nonce of the styles that a page writes itself */
export function contentSecurity(nonce?: string) {
  const self = ["'self'"];
  const none = ["'none'"];
  return {
    useDefaults: false,
    directives: {
      defaultSrc: self,
      scriptSrc: self,
      styleSrc: nonce === undefined ? self : [...self, `'nonce-${nonce}'`],
      connectSrc: self,
      imgSrc: [...self, 'data:', 'blob:'],
      mediaSrc: [...self, 'blob:'],
      workerSrc: [...self, 'blob:'],
      objectSrc: none,
      baseUri: none,
      formAction: self,
      frameAncestors: none,
    },
  };
}
