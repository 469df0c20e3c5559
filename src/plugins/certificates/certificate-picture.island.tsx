/** Turns the certificate's drawing into a PNG that a phone can keep; without script the link downloads the SVG. */
const wide = 2376;
const high = 1680;
const asPicture = async (link: HTMLAnchorElement) => {
  const drawing = await (await fetch(link.href)).text();
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawing.replace("<svg ", `<svg width="${wide}" height="${high}" `))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = wide;
  canvas.height = high;
  canvas.getContext("2d")?.drawImage(image, 0, 0, wide, high);
  const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!picture) throw new Error("no picture");
  const save = document.createElement("a");
  save.href = URL.createObjectURL(picture);
  save.download = `${link.dataset["certificatePicture"] ?? "certificate"}.png`;
  save.click();
  setTimeout(() => URL.revokeObjectURL(save.href), 60_000);
};
for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-certificate-picture]"))
  link.addEventListener("click", (event) => {
    event.preventDefault();
    asPicture(link).catch(() => {
      location.href = link.href;
    });
  });
export {};
