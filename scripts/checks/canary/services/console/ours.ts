export const ours = 'a part of the console';
