/** Where the program runs, as far as its keys differ. */
export const isMac = navigator.platform.startsWith('Mac')
export const isWindows = navigator.platform.startsWith('Win')
