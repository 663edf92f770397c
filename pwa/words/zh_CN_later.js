/** Chinese of the screens that are fetched once the first list stands. */
import { learn } from "./words.js";

learn({
  "%(operation)s is done": "%(operation)s 已完工",
  "A pick was sent back": "有一笔配货被退回",
  "Call it done": "完工",
  "Call it done?": "这道工序完工？",
  "Look into “My reports” first.": "先到“我报的”里处理。",
  "Not posted": "没有过账",
  "Now it can be posted.": "可以过账发货了。",
  "Post %(number)s?": "过账 %(number)s？",
  "Posted": "已过账",
  "Posting is not for %(name)s": "%(name)s 不能过账",
  "Posting needs the network": "过账要联网",
  "Sending the picks…": "正在上传配货…",
  "The goods leave the store. Stock and order change at once.": "货物出库，库存和订单马上更新。",
  "The office posts it, or somebody who may.": "由办公室过账，或换有权限的人。",
  "The office posts it.": "由办公室过账。",
  "What you picked is kept. Post when the network is back; twice is once.": "配的货都存着。网络好了再过账，点两次也只过一次账。",
  "Why does no more come?": "为什么不做了？",
});
