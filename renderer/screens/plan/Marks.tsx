import type { Mark } from '#shared/domain/ahead/marks.ts'
import { usePlainMoney } from '../../state/use-plain-money.ts'
import { Part } from './Part.tsx'
import { markDay, markNote, markWords } from './words.ts'

/** What happens on a known or expected day. */
export function Marks({ marks }: { readonly marks: readonly Mark[] }) {
  const money = usePlainMoney()
  return (
    <Part title="Marks" about="on every chart of time" className="marks">
      {marks.length === 0 ? (
        <p className="note">Neither an adjustment nor the end of a contract is known.</p>
      ) : (
        <table className="plain">
          <thead className="visually-hidden">
            <tr>
              <th scope="col">Day</th>
              <th scope="col">What</th>
              <th scope="col">Note</th>
            </tr>
          </thead>
          <tbody>
            {marks.map((mark, i) => (
              <tr key={i}>
                <td className="mark-day">{markDay(mark)}</td>
                <td>{markWords(mark)}</td>
                <td className="figure muted">{markNote(mark, money)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Part>
  )
}
