import { acceleratorOf, COMMAND_GROUPS, COMMAND_NAMES, COMMANDS, OTHER_KEYS } from '#shared/ipc/commands.ts'
import { isWindows } from '../lib/platform.ts'
import { useStore } from '../state/store.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { Keys } from './Keys.tsx'

type Line = { readonly label: string; readonly keys: readonly string[] }

const linesOf = (group: string): readonly Line[] =>
  COMMAND_NAMES.filter((name) => COMMANDS[name].group === group).flatMap((name) => {
    const keys = [COMMANDS[name].key, acceleratorOf(name, isWindows)].filter((key) => typeof key === 'string')
    return keys.length === 0 ? [] : [{ label: COMMANDS[name].label.replace(/…$/, ''), keys }]
  })

const GROUPS: readonly { readonly name: string; readonly lines: readonly Line[] }[] = [
  ...COMMAND_GROUPS.map((name) => ({ name, lines: linesOf(name) })),
  ...OTHER_KEYS,
].filter(({ lines }) => lines.length > 0)

/** Every key that does something, from the table of commands. */
export function ShortcutsDialog() {
  const close = useStore((state) => state.closeDialog)
  return (
    <Dialog
      wide
      title="Shortcuts"
      description="A single key works wherever no text is being typed."
      onClose={close}
      actions={
        <button type="button" className="button primary" onClick={close}>
          Close
        </button>
      }
    >
      {/* In a low window it is longer than the dialog: keys scroll it. */}
      <div className="shortcuts" role="region" aria-label="Keys" tabIndex={0}>
        {GROUPS.map(({ name, lines }) => (
          <section key={name} aria-label={name}>
            <h3>{name}</h3>
            <dl>
              {lines.map(({ label, keys }) => (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd>
                    {keys.map((key) => (
                      <Keys key={key} of={key} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
