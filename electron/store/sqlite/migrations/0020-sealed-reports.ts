import type { Migration } from './migration.ts'

/**
 * Reports as they were handed over, by the SHA-256 of what they were made from; what a report is made like, and the company's logo.
 * The bytes of a report stand apart: they are megabytes, so they carry no checksum of a row, which is compared at every start, but the
 * SHA-256 that the head has, which is compared when they are read.
 */
export const sealedReports: Migration = {
  version: 20,
  sql: `
    CREATE TABLE sealed_report (
      hash TEXT PRIMARY KEY CHECK (length(hash) = 64),
      made_at_ms INTEGER NOT NULL,
      as_of_ms INTEGER NOT NULL,
      title TEXT NOT NULL,
      company TEXT NOT NULL,
      template TEXT NOT NULL,
      version TEXT NOT NULL,
      pages INTEGER NOT NULL,
      pdf_sha256 TEXT NOT NULL,
      inputs_sha256 TEXT NOT NULL,
      document_sha256 TEXT NOT NULL,
      checksum INTEGER
    ) STRICT;
    CREATE TABLE sealed_report_part (
      report TEXT NOT NULL REFERENCES sealed_report (hash) ON DELETE CASCADE,
      -- inputs and document are text in gzip
      kind TEXT NOT NULL CHECK (kind IN ('pdf', 'inputs', 'document')),
      bytes BLOB NOT NULL,
      PRIMARY KEY (report, kind)
    ) STRICT;

    CREATE TABLE report_template (
      name TEXT PRIMARY KEY COLLATE NOCASE,
      template_json TEXT NOT NULL,
      checksum INTEGER
    ) STRICT;

    CREATE TABLE report_logo (
      key INTEGER PRIMARY KEY CHECK (key = 1),
      type TEXT NOT NULL,
      bytes_base64 TEXT NOT NULL,
      checksum INTEGER
    ) STRICT;
  `,
}
