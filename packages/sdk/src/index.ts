// The package's door. What a caller may rely on is exported here, and nothing else.

export { eCitizen } from './ecitizen.ts'
export type { Authorization, AuthorizeOptions, ECitizen, ECitizenSettings, Tokens } from './ecitizen.ts'
export { LangoError, kinds } from './fault.ts'
export type { LangoErrorCode } from './fault.ts'
export type { CallOptions, Reach } from './http.ts'
export { verifyNotice } from './notice.ts'
export type { Notice, NoticeHeaders, NoticeKeys, NoticeOptions, NoticePayment } from './notice.ts'
export { pesaflow } from './pesaflow.ts'
export type { Invoice, PaymentStatus, Pesaflow, PesaflowSettings, Token } from './pesaflow.ts'
export type { BankConfirmation, BankQuestion, Bill } from './bank.ts'
export type { FormLook, Order } from './order.ts'
export type { ecitizen as eCitizenWire, oauth as oauthWire, pesaflow as pesaflowWire } from '@lango/wire'
