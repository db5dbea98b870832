export const rule = (pressed: boolean): string => (pressed ? 'opens' : 'keeps');
