import { catalogue } from "#kernel";

/** Words of exemptions and deferrals that come as a file. */
export const bulkText = catalogue("requirements-bulk", {
  bulkTitle: ["批量录入免考、缓考", "Exemptions and deferrals from a file"],
  bulkIntro: [
    "一个文件写一项学习要求的免考、免学或缓考，最多 500 行。先看预览，确认后一次写入；写入后可以整批撤回。",
    "A file holds those of one requirement, 500 rows at most. A preview comes first; they are written all at once, and can be taken back together.",
  ],
  bulkTemplate: ["下载模板（xlsx）", "Download the template (xlsx)"],
  bulkRequirement: ["学习要求", "Requirement"],
  bulkFile: ["文件", "File"],
  bulkFileHelp: [
    "xlsx 或 csv。每行一人：姓名，单位或登录号，免或缓，范围（全部、考试），原因（当年退休、长病、产假、出国、挂职、其他），日期；缓考写明新截止日。",
    "xlsx or csv. A row a person: name, unit or login, exempt or deferred, what of it, reason, days; for a deferral the new deadline.",
  ],
  bulkCheck: ["检查", "Check"],
  bulkNone: ["没有启用的学习要求，先建一项再录入。", "No requirement is on; make one first."],
  bulkPreview: ["批准 {n} 人", "{n} to be approved"],
  bulkPreviewNote: [
    "{requirement}：共 {rows} 行，{same} 行已按同样内容批准（不会重复），{refused} 行没有接受。",
    "{requirement}: {rows} rows, {same} approved already with the same content (nothing doubles), {refused} refused.",
  ],
  bulkWrite: ["批准这 {n} 人", "Approve these {n}"],
  bulkNothing: ["没有可以批准的行。改好文件后重新上传。", "No row can be approved. Mend the file and send it again."],
  bulkOther: ["换一个文件", "Another file"],
  bulkWho: ["将批准", "To be approved"],
  bulkRefused: ["没有接受的行", "Refused rows"],
  bulkRefusedFile: ["下载没有接受的行（xlsx）", "Download the refused rows (xlsx)"],
  bulkRow: ["行", "Row"],
  bulkColumn: ["栏", "Column"],
  bulkValue: ["写的是", "It says"],
  bulkWhy: ["原因和改法", "Why, and how to mend it"],
  bulkDone: [
    "这一批批准了 {n} 人，其中 {standing} 人有效，{gone} 人已撤回。",
    "{n} were approved by this file: {standing} stand, {gone} are taken back.",
  ],
  bulkUndo: ["整批撤回", "Take all back"],
  bulkUndoWarning: [
    "撤回后，这 {n} 人的任务恢复原来的截止日，重新计入分母；台账各加一条更正。",
    "The assignments of these {n} come back with their first deadline and count again; the ledger gets a correction each.",
  ],
  bulkReason: ["撤回的原因", "Reason"],
  bulkList: ["看已批准的名单", "See who is approved"],
  bulkTooMany: ["这个文件超过 {limit} 行。请分成几个文件。", "This file has more than {limit} rows. Cut it into several."],
  bulkLarge: ["文件超过 {limit}。只留需要的工作表和行。", "The file is larger than {limit}. Keep only the sheet and rows that are needed."],
  bulkNoHeader: ["没有找到表头。第一行要有“姓名”和“免或缓”。", "No header was found. The first row needs 姓名 and 免或缓."],
  badName: ["姓名没有写，或不是姓名。", "The name is missing, or is none."],
  badWhat: ["写“免”或“缓”。", "Write 免 or 缓."],
  badOf: ["写“全部”或“考试”，不写就是全部。", "Write 全部 or 考试; nothing means all."],
  badKind: ["写当年退休、长病、产假、出国、挂职、其他中的一种。", "Write one of the six reasons."],
  badDay: ["不是一个日期，请写成 2026-03-01。", "No date; write it like 2026-03-01."],
  nobody: [
    "您管理的范围内，没有这个人的这项任务。核对姓名的写法、登录号和学习要求。",
    "Nobody within your reach of this name or number owes this. Check the spelling, the number and the requirement.",
  ],
  elsewhere: [
    "有同名的人，但不在这个单位，或手机号不同。核对单位，或写登录号。",
    "There is one of this name, at another unit or with another phone. Check the unit, or write the login.",
  ],
  several: ["有几个同名的人。写明单位或登录号。", "Several have this name. Write the unit or the login."],
  otherName: ["这个号码是{name}的，姓名对不上。", "This number is that of {name}; the names differ."],
  own: ["不能批准自己的免考、缓考。", "Nobody approves their own."],
  twice: ["前面的行已经写了这个人。", "A row above has this person already."],
  stands: [
    "这个人已有一条内容不同的申请或批准。先处理那一条。",
    "Another one of this person stands, with other content. Deal with that first.",
  ],
});
