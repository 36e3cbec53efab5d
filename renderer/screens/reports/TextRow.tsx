import { useState } from 'react'
import { Row } from './Panel.tsx'

type Props = {
  readonly label: string
  readonly value: string
  readonly placeholder?: string
  readonly most?: number
  readonly onStore: (text: string) => void
}

/** A text that is stored once the field is left, or with Enter; Escape takes back what was typed. */
export function TextRow({ label, value, placeholder, most = 200, onStore }: Props) {
  // null while the field is not being edited: then it follows the value
  const [text, setText] = useState<string | null>(null)
  const store = () => {
    if (text !== null && text.trim() !== value) onStore(text.trim())
    setText(null)
  }
  return (
    <Row label={label}>
      <input
        className="input"
        type="text"
        autoComplete="off"
        spellCheck={false}
        aria-label={label}
        maxLength={most}
        placeholder={placeholder}
        value={text ?? value}
        onChange={(event) => setText(event.target.value)}
        onBlur={store}
        onKeyDown={(event) => {
          if (event.key === 'Enter') store()
          if (event.key === 'Escape' && text !== null) {
            event.stopPropagation()
            setText(null)
          }
        }}
      />
    </Row>
  )
}
