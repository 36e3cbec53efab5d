const WORDS: Readonly<Record<string, string>> = { CmdOrCtrl: 'Ctrl', Plus: '+', Esc: 'Esc' }
const MAC_WORDS: Readonly<Record<string, string>> = { CmdOrCtrl: '⌘', Shift: '⇧', Alt: '⌥', Plus: '+' }

/** The keys of an accelerator as they are written on the keyboard: `Ctrl`, `Shift`, `Z`. */
export function keyWords(accelerator: string, isMac: boolean): readonly string[] {
  const words = isMac ? MAC_WORDS : WORDS
  // `+` alone is a key; between others it is what holds them together.
  const keys = accelerator === '+' ? ['+'] : accelerator.split('+')
  return keys.map((key) => words[key] ?? (key.length === 1 ? key.toUpperCase() : key))
}
