import { Fragment } from 'react'
import { keyWords } from '#shared/format/key-words.ts'
import { isMac } from '../lib/platform.ts'

/** Keys that are pressed together. */
export function Keys({ of }: { readonly of: string }) {
  return (
    <span className="keys">
      {keyWords(of, isMac).map((key, i) => (
        <Fragment key={key}>
          {i === 0 ? null : <span className="visually-hidden">+</span>}
          <kbd>{key}</kbd>
        </Fragment>
      ))}
    </span>
  )
}
