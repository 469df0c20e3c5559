import { catalogue } from "#kernel";

export const text = catalogue("home", {
  today: ["今天", "Today"],
  unit: ["机构", "My unit"],
  mine: ["我的", "Mine"],
  front: ["首页", "Front page"],
  account: ["账号、密码和已登录的设备", "Account, password and devices"],
  signOut: ["退出登录", "Sign out"],
  units: ["我的 {n} 家机构", "My {n} institutions"],
  goOn: ["进入", "Go on"],
  tenMinutes: ["头十分钟怎么用", "The first ten minutes"],
  adminParts: ["眼下没有等您处理的事。您可以做这些：", "Nothing waits for you at the moment. This is what you can do:"],
  overview: ["一览", "Overview"],
  settings: ["设置", "Settings"],
  lead: [
    "谁执法，谁普法。学一课，考一次，每一次参与都有据可查。",
    "Whoever enforces the law, teaches it. Study, take the exam; every participation is on record.",
  ],
  forStaff: ["教职员工和机关干部", "Staff"],
  forStaffWords: [
    "用手机学几分钟的案例课，参加年度学法用法考试，留存证书。",
    "Study short case lessons on a phone, take the yearly exam, keep the certificate.",
  ],
  forHeads: ["学校和机构负责人", "Heads of institutions"],
  forHeadsWords: [
    "看清本机构要学什么、谁还没学，十分钟完成自己的那一步。",
    "See what is due, who is behind, and do your own step in ten minutes.",
  ],
  forOfficers: ["局管理员", "Bureau officers"],
  forOfficersWords: [
    "导入名册、布置学习、组织考试；报告里的每个数字，点一下就看到依据。",
    "Import rosters, assign, run exams; each figure in the report opens its evidence.",
  ],
  signIn: ["登录", "Sign in"],
  verify: ["核验证书", "Verify a certificate"],
  statutes: ["查法律条文", "Look up statutes"],
  disclosure: ["报告公开", "Published reports"],
  noUnit: ["您现在没有担任负责人或联络员的机构。", "You are not head or liaison of a unit at present."],
  nothingMe: ["现在没有要做的事。可以看看有哪些课程。", "Nothing is due. Have a look at the courses."],
  seeCourses: ["看课程", "See the courses"],
  adminTitle: ["{year} 年，截至今天", "{year}, up to today"],
  beginUnits: ["导入单位：科室、学校、幼儿园、培训机构", "Import the units: offices, schools, kindergartens, training institutions"],
  beginPeople: ["导入人员名册", "Import the roster of people"],
  beginRule: ["布置学习要求：谁、学什么、哪天之前", "Make a requirement: who, what, by which day"],
  beginReport: ["在报告里看数字，点开依据", "See the figures in the report, and open their evidence"],
  beginHow: [
    "用手头的 Excel 名册就行。系统认列、逐行核对，写入前先给您看，导错了可以撤销。",
    "Your own Excel rosters will do. Columns are recognised and each row is checked; you see it before it is written, and it can be undone.",
  ],
  beginUnitsGo: ["去导入单位", "Import units"],
  beginPeopleGo: ["去导入人员", "Import people"],
  bodyName: ["单位全称", "Name of the body"],
  issuer: ["证书编号前缀（2–8 个大写字母）", "Prefix of certificate numbers (2–8 capitals)"],
  contact: ["联系方式（显示在告知书和页脚）", "Contact (shown in the notice and footer)"],
  icp: ["ICP备案号", "ICP number"],
  police: ["公安备案号", "Public-security number"],
  save: ["保存", "Save"],
  help: ["怎么用", "How to use it"],
  helpLead: [
    "三种人，头十分钟各做几步。不用看完，找到自己那一段就好。",
    "Three kinds of people and the few steps of their first ten minutes. Read your own part only.",
  ],
  open: ["打开", "Open"],
  helpStaff: [
    "您要做的都在“今天”：要学什么、要考什么、还有几天。",
    "All that you must do stands under Today: what to study, what to sit, and how many days are left.",
  ],
  helpStaff1: [
    "打开发给您的链接，或者用登录号、工号或手机号登录。第一次会看到个人信息处理告知书。",
    "Open the link that you were sent, or sign in by login number, staff number or phone. The first time you see the privacy notice.",
  ],
  helpStaff2: [
    "在“今天”点红色按钮，它总是您的下一步，旁边写着要几分钟。",
    "Under Today press the red button: it is always your next step, with its minutes beside it.",
  ],
  helpStaff3: [
    "读完一课，答三道小题，全部答对这一课就算学完。随时可以停，换一台手机也从停下的地方接着学。",
    "Read a lesson and answer three short questions; all right, and it is done. Stop at any time and go on from there, on another phone too.",
  ],
  helpStaff4: [
    "考试前先设密码，读诚信承诺，再进考场。每答一题都会显示“已保存”和时间；交卷前会列出没答的题。",
    "Set a password before an exam, read the pledge, then enter. Each answer shows when it was saved; before handing in you see what is unanswered.",
  ],
  helpStaff5: [
    "合格后“我的证书”里就有证书，可以打印或存成图片；扫上面的二维码就能核验真伪。",
    "Once passed, the certificate is under My certificates, to print or to save as a picture; its QR code proves it genuine.",
  ],
  helpHeads: [
    "登录后先看到您自己的一步，再看到本机构谁还没完成。",
    "After signing in you see your own step first, then who of your institution is behind.",
  ],
  helpHeads1: [
    "先点红色按钮做完自己的一步。您负责几家机构，学一次就都算。",
    "Do your own step by the red button. If you head several institutions, doing it once counts for each.",
  ],
  helpHeads2: ["往下看“本单位谁还没完成”，有姓名、要做的事和还有几天。", "Below, see who is behind: name, what is due, and the days left."],
  helpHeads3: [
    "人来了、走了、名字写错了，在“本单位人员”里登记，局里确认。",
    "Somebody came, left, or is misspelt: enter it under our people; the bureau confirms it.",
  ],
  helpHeads4: [
    "有人没有密码，给他打印登录条，或者导出带链接的表格发给他。",
    "Somebody has no password: print a sign-in slip, or export the sheet of links and send it.",
  ],
  helpOfficers: ["从一张名册开始，到一个点得开依据的数字为止。", "From a roster to a figure that opens its evidence."],
  helpOfficers1: [
    "导入名册：上传 Excel，核对系统认出的列，看清哪些行新增、哪些行有问题，再写入。导错了可以撤销。",
    "Import the roster: upload the Excel file, check the columns it recognised, see which rows are new and which are wrong, then write. It can be undone.",
  ],
  helpOfficers2: [
    "给没有密码的人发登录链接：打印登录条，一页八张，或者导出表格转发。",
    "Give links to those without a password: slips, eight to a page, or a sheet to forward.",
  ],
  helpOfficers3: [
    "新建学习要求：谁、学完哪门课或考过哪场考试、哪天之前。先看会涉及多少人，再启用。",
    "Make a requirement: who, which course or exam, by which day. Preview how many it hits, then switch it on.",
  ],
  helpOfficers4: [
    "安排考试：选题目范围和场次，发布；考试时在“监考”里看谁在答题、谁没来。",
    "Plan an exam: its blueprint and sittings, then publish; while it runs, the monitor shows who is answering and who has not come.",
  ],
  helpOfficers5: [
    "打开报告，点任何一个带“据”的数字，就能看到它背后的每一行，可以导出。",
    "Open the report; any figure marked 据 opens the rows behind it, which can be exported.",
  ],
  helpHeads5: [
    "谁还没完成，就点“催办”：站内提醒，或者复制文字发到工作群。同一个人一天只提醒一次。",
    "Remind who is behind: a notice here, or words to copy into the group chat. Nobody is reminded twice a day.",
  ],
  helpHeads6: [
    "有人当年退休、长病、产假、出国或挂职，在“机构”里替他申请免考或缓考，附上材料，由局里批。",
    "Somebody retires, is long ill, on maternity leave, abroad or posted elsewhere: ask for an exemption or a later date, with the paper; the bureau decides.",
  ],
  forYear: ["局管理员的一年", "The officer's year"],
  helpYear: [
    "布置、免考、外部成绩、催办，直到年底两份报告。",
    "From what is due, through exemptions, outside results and reminders, to the two reports of the year.",
  ],
  helpYear1: [
    "一条学习要求写明谁、学什么、考什么、哪天之前；新来的人当天就有任务，走的人自动收回。结束一条要求，没到期的任务收回，已到期的照样统计，不再催办。",
    "A requirement says who, what to study, what to sit, by when; who joins has it that day, who leaves is released. When it ends, what is not due yet is withdrawn; the rest counts on and is chased no more.",
  ],
  helpYear2: [
    "审批免考和缓考，也可以用表格成批录入。哪一类不计入分母，在设置里定；比率旁边列得出是谁。",
    "Decide on exemptions and deferrals, or enter them in bulk by a sheet. Which kinds leave the denominators is a setting; each rate lists who they are.",
  ],
  helpYear3: [
    "市里统一考试、干部在线学习的成绩，连同佐证文件一起导入，和本系统的成绩并列统计。",
    "Import results of the city's exam or of other platforms with their proof; they count beside ours.",
  ],
  helpYear4: [
    "看每条要求的四个率和逾期单位，点数字看名单；催办可以站内提醒、复制文字、导出催办名单，都有记录。",
    "See the four rates of each requirement and the overdue units; a number opens its list. Remind by notice, by words to copy or by a sheet; each is on record.",
  ],
  helpYear5: [
    "系统没有统计的数字（会议、讲座、处罚等）由专人填报，附上依据；确实没有的，签字零申报。",
    "What the system does not count (meetings, lectures, penalties) is entered with its evidence; of nothing, a nil declaration is signed.",
  ],
  helpYear6: [
    "起草报告，文字可以改，数字只能由指标来（手写的数字保存不了）；换人审核，再换人签发，做完公开审查后发布；数字随依据一起固定，公开后可以撤回。",
    "Draft a report: its words can be edited, its numbers come through figures alone (a typed one is refused); another reviews it, a third signs it; after the public check it is published, its figures frozen with their evidence. It can be withdrawn.",
  ],
  helpQuestions: ["常见的几件事", "What is often asked"],
  askLost: ["忘了密码怎么办？", "What if I forgot my password?"],
  answerLost: [
    "请本单位普法联络员或局里给您一条新的登录链接，打开后重新设置。系统管理员自己忘了，请在服务器上运行 npm run link -- --login 登录号。",
    "Ask your unit's liaison or the bureau for a new link; open it and set another. An administrator runs npm run link -- --login LOGIN on the server.",
  ],
  askOffline: ["考试时断网了怎么办？", "What if the network fails during an exam?"],
  answerOffline: [
    "不要关页面，接着答。没传上去的答案留在本机，网络恢复后自动补传；显示“已保存”的不会丢。",
    "Keep the page open and go on. Answers that were not sent stay on your device and are sent once the network is back; what shows as saved is not lost.",
  ],
  askLarge: ["字太小怎么办？", "What if the type is too small?"],
  answerLarge: [
    "点页面上方的“关怀版”，再点一次更大。系统会记住。",
    "Press Large text at the top; press again for larger. It is remembered.",
  ],
  askWrong: ["记录不对怎么办？", "What if a record is wrong?"],
  answerWrong: [
    "联系本页下方的单位。记录只增不改，更正会另记一条，更正前后都看得到。",
    "Write to the body named below. Records are never altered: a correction is another record, and both can be seen.",
  ],
  plugins: ["已装入的模块", "Plugins"],
  version: ["版本 {version}", "Version {version}"],
});
