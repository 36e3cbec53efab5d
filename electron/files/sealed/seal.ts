import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { ReportCase } from '#shared/report/case.ts'
import type { ReportDocument } from '#shared/report/document.ts'
import { canonicalText, canonicalValue } from './canonical.ts'
import { caseText } from './sealed-case.ts'
import { sha256 } from './sha256.ts'

/** Text of a case: 100 000 machines have some 30 MB. */
const MOST_TEXT_BYTES = 400_000_000

const [zip, unzip] = [promisify(gzip), promisify(gunzip)]

/** What a report was made from, as it is sealed: the hash is of the text, not of how it happened to be packed. */
export function sealOf(reportCase: ReportCase): { readonly hash: string; readonly text: Uint8Array } {
  const text = Buffer.from(caseText(reportCase))
  return { hash: sha256(text), text }
}

export const documentBytes = (document: ReportDocument): Uint8Array => Buffer.from(canonicalText(document))

export const readDocument = (text: string): ReportDocument => canonicalValue(text) as ReportDocument

export const packed = (bytes: Uint8Array): Promise<Buffer> => zip(bytes)

/** @throws the fault of zlib where it is no gzip or has more than {@link MOST_TEXT_BYTES} */
export const unpacked = (bytes: Uint8Array): Promise<Buffer> =>
  unzip(bytes, { maxOutputLength: MOST_TEXT_BYTES })
