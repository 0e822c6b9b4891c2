package org.yiqi.equipment;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.lowagie.text.Document;
import com.lowagie.text.DocumentException;
import com.lowagie.text.PageSize;
import com.lowagie.text.Rectangle;
import com.lowagie.text.pdf.BaseFont;
import com.lowagie.text.pdf.PdfContentByte;
import com.lowagie.text.pdf.PdfWriter;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.yiqi.equipment.domain.LabelCode;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Secured;

/** Labels to stick on units: a QR code that opens the unit's page, and the code to type where no camera is; no data. */
@Stateless
@Secured
public class Labels {

    private static final float MM = 72f / 25.4f;
    private static final int MOST = 500;

    @Inject
    Units units;

    @Inject
    @ConfigProperty(name = "yiqi.public-url")
    String publicUrl;

    /**
     * A PDF with a label for each unit.
     *
     * @throws RuleViolation {@code equipment.too-many-labels} for more than 500
     */
    @RolesAllowed("**")
    public byte[] pdf(List<UUID> unitIds, LabelSheet sheet) {
        if (unitIds.isEmpty() || unitIds.size() > MOST) {
            throw new RuleViolation("equipment.too-many-labels", "1 to " + MOST + " labels at a time");
        }
        List<UnitView> labelled = unitIds.stream().map(units::get).toList();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean roll = sheet == LabelSheet.ROLL_62;
        Rectangle page = roll ? new Rectangle(62 * MM, 29 * MM) : PageSize.A4;
        try (Document pdf = new Document(page, 0, 0, 0, 0)) {
            PdfWriter writer = PdfWriter.getInstance(pdf, out);
            pdf.addTitle("Yiqi labels");
            pdf.open();
            BaseFont font = BaseFont.createFont(BaseFont.HELVETICA_BOLD, BaseFont.WINANSI, BaseFont.NOT_EMBEDDED);
            for (int i = 0; i < labelled.size(); i++) {
                int place = roll ? 0 : i % 24;
                if (i > 0 && place == 0) {
                    pdf.newPage();
                }
                float left = roll ? 2 * MM : place % 3 * 70 * MM + 4 * MM;
                float bottom = roll ? 2 * MM : page.getHeight() - (place / 3 + 1) * 37.125f * MM + 5 * MM;
                label(writer.getDirectContent(), font, labelled.get(i), left, bottom);
            }
        } catch (DocumentException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** The address that the unit's QR code opens. */
    @RolesAllowed("**")
    public String address(UnitView unit) {
        return publicUrl.replaceAll("/+$", "") + "/q/" + unit.labelCode();
    }

    /** The QR code of a text as rows of dark and light, for pages that draw it. */
    @RolesAllowed("**")
    public BitMatrix qr(String text) {
        return matrix(text);
    }

    private void label(PdfContentByte canvas, BaseFont font, UnitView unit, float left, float bottom) {
        float side = 25 * MM;
        BitMatrix qr = matrix(address(unit));
        float module = side / qr.getWidth();
        for (int y = 0; y < qr.getHeight(); y++) {
            for (int x = 0; x < qr.getWidth(); x++) {
                if (qr.get(x, y)) {
                    canvas.rectangle(left + x * module, bottom + side - (y + 1) * module, module, module);
                }
            }
        }
        canvas.fill();
        String code = LabelCode.printed(unit.labelCode());
        float text = left + side + 3 * MM;
        line(canvas, font, "YIQI", 11, text, bottom + 19 * MM);
        line(canvas, font, code.substring(0, 9), 12, text, bottom + 11 * MM);
        line(canvas, font, code.substring(10), 12, text, bottom + 5 * MM);
    }

    private static void line(PdfContentByte canvas, BaseFont font, String text, float size, float x, float y) {
        canvas.beginText();
        canvas.setFontAndSize(font, size);
        canvas.showTextAligned(PdfContentByte.ALIGN_LEFT, text, x, y, 0);
        canvas.endText();
    }

    private static BitMatrix matrix(String text) {
        try {
            return new QRCodeWriter()
                    .encode(
                            text,
                            BarcodeFormat.QR_CODE,
                            0,
                            0,
                            Map.of(EncodeHintType.ERROR_CORRECTION, ErrorCorrectionLevel.M, EncodeHintType.MARGIN, 2));
        } catch (WriterException e) {
            throw new IllegalStateException(e);
        }
    }
}
