/** A month is a twelfth of 365.25 days: what is paid per month is spread over its days and hours. */
export const DAYS_PER_YEAR = 365.25
export const DAYS_PER_MONTH = DAYS_PER_YEAR / 12
export const HOURS_PER_MONTH = DAYS_PER_MONTH * 24
