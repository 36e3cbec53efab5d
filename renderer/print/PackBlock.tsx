import type { Block, Fact, Signature } from '#shared/report/document.ts'
import type { ReportFacts } from '#shared/report/facts.ts'
import { sealCommand, sealWords } from '#shared/format/seal.ts'
import { longDay } from '#shared/format/times.ts'
import { BridgeDrawing } from './BridgeDrawing.tsx'
import { ChartDrawing } from './ChartDrawing.tsx'
import { logoSource } from './logo.ts'
import { StrikeLineBlock } from './StrikeLineBlock.tsx'

/** What blocks are drawn from beside themselves. */
export type Drawing = {
  readonly facts: ReportFacts
  /** hash of the sealed inputs, hex; null: the pages are not sealed */
  readonly seal: string | null
  /** of each table; null: all of them */
  readonly rowsAtMost: number | null
}

/** Everything but a table, whose size hangs on the others of its section. */
type Plain = Exclude<Block, { readonly kind: 'table' }>

export function PackBlock({ block, drawing }: { readonly block: Plain; readonly drawing: Drawing }) {
  const { facts, seal } = drawing
  const { money, asOfMs } = facts
  switch (block.kind) {
    case 'headline':
      return <p className="headline">{block.text}</p>
    case 'heading':
      return (
        <h2>
          {block.text}
          {block.beside === null ? null : <small> {block.beside}</small>}
        </h2>
      )
    case 'sentence':
      return <p>{block.text}</p>
    case 'warning':
      return (
        <p className="warning">
          <b>Note:</b> {block.text}
        </p>
      )
    case 'note':
      return <p className="note">{block.text}</p>
    case 'list':
      return (
        <ul>
          {block.items.map((item, i) => (
            <li key={i}>{item}</li>
          ))}
        </ul>
      )
    case 'facts':
      return <Facts facts={block.facts} />
    case 'bridge':
      return <BridgeDrawing bars={block.bars} priceUsdPerBtc={block.priceUsdPerBtc} money={money} />
    case 'strikeLine':
      return <StrikeLineBlock facts={facts} />
    case 'chart':
      return <ChartDrawing chart={block.chart} money={money} nowMs={asOfMs} />
    case 'logo': {
      const { logo, name } = facts.case.finance.company
      return logo === null ? null : <img className="logo" alt={name} src={logoSource(logo)} />
    }
    case 'signature':
      return <Signatures of={block.of} nowMs={asOfMs} />
    case 'seal':
      return seal === null ? null : <Seal hash={seal} />
  }
}

function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  const hasOrigins = facts.some(({ origin }) => origin !== '')
  return (
    <dl className={hasOrigins ? 'facts with-origins' : 'facts'}>
      {facts.map(({ label, text, origin }, i) => (
        <div key={i}>
          <dt>{label}</dt>
          <dd>{text}</dd>
          {origin === '' ? null : <dd className="origin">{origin}</dd>}
        </div>
      ))}
    </dl>
  )
}

function Signatures({ of, nowMs }: { readonly of: readonly Signature[]; readonly nowMs: number }) {
  return (
    <dl className="signatures">
      {of.map(({ role, name, dayMs }, i) => (
        <div key={i}>
          <dt>{role}</dt>
          <dd className="sign-line" />
          <dd>{name === '' ? 'Name' : name}</dd>
          <dd>{dayMs === null ? 'Date' : longDay(dayMs, undefined, nowMs)}</dd>
        </div>
      ))}
    </dl>
  )
}

/** With the whole hash: the short one finds the report again, the whole one proves it. */
function Seal({ hash }: { readonly hash: string }) {
  return (
    <div className="seal">
      <p>
        Inputs sealed as <b>{sealWords(hash)}</b>
      </p>
      <p>
        Open this report again: <code>{sealCommand(hash)}</code>
      </p>
      <p className="hash">
        SHA-256 <code>{hash}</code>
      </p>
    </div>
  )
}
