import { useId } from 'react'
import type { Failure } from '#shared/ipc/errors.ts'
import { sourceWord } from '#shared/format/words.ts'
import { SteadyButton } from '../../ui/SteadyButton.tsx'
import { SourceAddress } from './SourceAddress.tsx'
import type { SourceRow } from './source-rows.ts'
import { offerWords, pauseWords, stateWords } from './source-rows.ts'

type Props = {
  readonly row: SourceRow
  /** how many sources are asked */
  readonly asked: number
  readonly nowMs: number
  readonly onMove: (step: -1 | 1) => void
  readonly onSwitch: (on: boolean) => void
  readonly onAddress: (url: string) => Promise<Failure | null>
  readonly say: (sentence: string) => void
}

export function SourceTableRow({ row, asked, nowMs, onMove, onSwitch, onAddress, say }: Props) {
  const termsId = useId()
  const { name, source, place, status } = row
  const word = sourceWord(name)
  const fault = place === null ? null : (status?.lastError ?? null)
  const pause = pauseWords(row, nowMs)
  return (
    <tr>
      <td>
        <div className="source-order">
          <span className={place === null ? 'source-place faint' : 'source-place'}>{place ?? 'off'}</span>
          <SteadyButton
            className="icon-button"
            aria-label={`Move ${word} up`}
            idle={place === null || place === 1}
            onClick={() => onMove(-1)}
          >
            <svg viewBox="0 0 16 16" aria-hidden="true">
              <path d="M8 13V3M4 7l4-4 4 4" />
            </svg>
          </SteadyButton>
          <SteadyButton
            className="icon-button"
            aria-label={`Move ${word} down`}
            idle={place === null || place === asked}
            onClick={() => onMove(1)}
          >
            <svg viewBox="0 0 16 16" aria-hidden="true">
              <path d="M8 3v10M4 9l4 4 4-4" />
            </svg>
          </SteadyButton>
        </div>
      </td>
      <th scope="row" className="source-name">
        {source.title}
        <label className="check">
          <input
            type="checkbox"
            role="switch"
            checked={place !== null}
            aria-describedby={termsId}
            onChange={(event) => onSwitch(event.target.checked)}
          />
          <span>Ask {word}</span>
        </label>
        <p id={termsId} className="note">
          {source.terms}
        </p>
        {source.attribution === null ? null : <p className="note">{source.attribution}</p>}
      </th>
      <td className="source-offers">
        {offerWords(source).map((line) => (
          <p key={line} className="muted">
            {line}
          </p>
        ))}
      </td>
      <td>
        <SourceAddress
          word={word}
          url={row.url}
          defaultUrl={source.defaultUrl}
          onStore={onAddress}
          say={say}
        />
      </td>
      <td className="source-state">
        <p className={place === null ? 'faint' : undefined}>{stateWords(row, nowMs)}</p>
        {fault === null ? null : <p className="loses">{fault}</p>}
        {pause === null ? null : <p className="note">{pause}</p>}
      </td>
    </tr>
  )
}
