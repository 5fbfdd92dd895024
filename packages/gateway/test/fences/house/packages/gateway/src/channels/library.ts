// caught by: rooms channels-brings-only-its-libraries
import { fetch } from 'undici'

export const call = fetch
