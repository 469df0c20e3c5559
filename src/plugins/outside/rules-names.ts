/** Whether two names may be one person's in two spellings: for asking an officer, never for taking one for the other. */

/** Traditional forms that stand in names, each before its simplified one. */
const pairs =
  "張张陳陈劉刘楊杨黃黄趙赵吳吴孫孙馬马鄭郑謝谢韓韩馮冯鄧邓許许蕭萧蔣蒋蔡蔡賈贾閻阎餘余葉叶蘇苏呂吕盧卢鍾钟鐘钟譚谭陸陆範范薑姜賴赖龔龚顧顾錢钱湯汤黎黎賀贺嚴严龍龙萬万喬乔龐庞樊樊蘭兰聶聂莊庄塗涂魯鲁齊齐倫伦" +
  "曉晓偉伟華华國国軍军紅红麗丽麗丽強强濤涛傑杰飛飞鵬鹏輝辉輝辉輝辉豔艳艷艳燕燕鳳凤蓮莲雲云霞霞玲玲寶宝貴贵榮荣興兴順顺慶庆廣广東东賢贤學学義义禮礼智智誠诚憲宪紅红勳勋勛勋" +
  "靜静潔洁瑩莹瑤瑶瓊琼綺绮維维純纯絹绢綠绿縈萦緒绪紹绍紀纪緯纬練练繼继續续紅红鈞钧銘铭鋒锋銳锐鋼钢錦锦錄录鑫鑫鈺钰鎮镇鏡镜鐵铁銀银" +
  "夢梦蓉蓉葦苇蔭荫蘊蕴薇薇蘆芦藝艺遠远邁迈達达進进運运選选連连邊边鄉乡鄒邹陽阳陰阴隨随際际雙双難难電电雋隽靈灵" +
  "頌颂項项顏颜願愿類类風风馳驰駿骏騰腾驊骅鴻鸿鶴鹤鷹鹰鸞鸾麟麟黛黛齡龄龍龙壽寿夢梦奮奋婭娅嬌娇嫻娴孃娘寧宁實实審审寬宽將将專专尋寻導导層层嶺岭嶽岳島岛峰峰" +
  "師师帶带幫帮廬庐張张彌弥彥彦徑径從从德德恆恒悅悦愛爱慧慧慶庆懷怀態态戰战戲戏揚扬擁拥擇择據据攀攀敏敏數数斌斌旭旭時时晉晋暉晖暢畅曄晔曆历會会朝朝極极樂乐樓楼標标樹树橋桥機机權权歡欢歲岁" +
  "氣气決决沖冲沈沈況况泓泓淺浅淵渊測测渾浑湧涌準准溫温滄沧滿满漢汉潤润潔洁澤泽濟济濱滨瀟潇瀾澜灝灏無无煒炜煥焕燁烨燈灯營营爾尔犧牺獻献瑋玮環环瓏珑畫画異异當当發发" +
  "皚皑盡尽監监矯矫碩硕確确禎祯禦御穎颖積积穩稳窮穷競竞筆笔節节築筑簡简籌筹糧粮紋纹級级絲丝經经綱纲網网縣县總总羅罗羨羡習习翹翘聖圣聞闻聯联聰聪聲声職职肅肃臨临與与舉举艦舰莉莉" +
  "虛虚處处號号蝶蝶術术衛卫補补製制複复覺觉觀观訓训記记詩诗詠咏詳详誌志語语說说課课調调諒谅論论諾诺謀谋謙谦證证識识譯译議议讓让豐丰貝贝財财貞贞賓宾賽赛贊赞趙赵躍跃車车軒轩輕轻輔辅載载辭辞農农" +
  "醫医釋释長长門门開开閃闪閎闳間间閔闵關关";
const simple = new Map(Array.from({ length: pairs.length / 2 }, (_, n) => [pairs[n * 2] ?? "", pairs[n * 2 + 1] ?? ""]));
/** A name without what stands behind it in brackets: a post, a nickname. */
export const withoutAside = (name: string): string => name.replace(/[（(][^（）()]{1,20}[)）]\s*$/u, "");
const simplified = (name: string): string[] => [...withoutAside(name).replace(/[·\s]/g, "").toLowerCase()].map((c) => simple.get(c) ?? c);

/** The same in simplified forms, or one character written otherwise, left out or added; of two characters the first is the same. */
export const isClose = (one: string, other: string): boolean => {
  const [a, b] = [simplified(one), simplified(other)].toSorted((x, y) => x.length - y.length);
  if (a === undefined || b === undefined || a.length < 2 || b.length - a.length > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const same = start + end;
  return b.length === a.length ? same >= a.length - 1 && (a.length > 2 || start > 0) : same === a.length && start > 0;
};
