import type { PartPreview } from '#shared/ipc/schemas/case.ts'
import { count, counted } from '#shared/format/numbers.ts'

type Change = PartPreview['changes'][number]

const KINDS: Readonly<Record<Change['kind'], string>> = {
  contract: 'Contract',
  policy: 'Policy',
  ladder: 'Operating points',
  price: 'Price of a site',
  limit: 'Limit',
}
const CHANGES: Readonly<Record<Change['change'], string>> = {
  new: 'new',
  same: 'as stored',
  differs: 'differs',
  unknown: 'not in the fleet',
}

/** What a file of contracts or operating points would change: counts, what should be known, and each part. */
export function PartsPreview({ preview }: { readonly preview: PartPreview }) {
  const { changes, warnings } = preview
  const rest = preview.new + preview.differs + preview.unknown - changes.length
  return (
    <div className="preview">
      <p className="preview-counts">
        <b>{counted(preview.new, 'part')} new</b>, {count(preview.differs)} different from the stored,{' '}
        {count(preview.same)} as stored
        {preview.unknown === 0 ? '' : `, ${count(preview.unknown)} for a site or machine that is not here`}.
      </p>
      {warnings.length === 0 ? null : (
        <ul className="notes">
          {warnings.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
      {changes.length === 0 ? null : (
        <div className="sample" tabIndex={0} role="region" aria-label="What would change">
          <table>
            <thead>
              <tr>
                <th scope="col">What</th>
                <th scope="col">Of</th>
                <th scope="col">Is</th>
                <th scope="col">In</th>
              </tr>
            </thead>
            <tbody>
              {changes.map(({ kind, name, change, words }) => (
                <tr key={`${kind} ${name}`}>
                  <td>{KINDS[kind]}</td>
                  <td>{name}</td>
                  <td className={change === 'unknown' ? 'loses' : undefined}>{CHANGES[change]}</td>
                  <td>{words}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rest > 0 ? <p className="muted">and {count(rest)} more</p> : null}
    </div>
  )
}
