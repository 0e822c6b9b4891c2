package org.yiqi.procurement;

import java.sql.ResultSet;
import java.sql.SQLException;

/** A version of a clause of the library; variables stand in braces. */
public record ContractClause(
        String code, int version, boolean required, String titleZh, String titleEn, String textZh, String textEn) {

    static ContractClause read(ResultSet rs) throws SQLException {
        return new ContractClause(
                rs.getString("code"),
                rs.getInt("version"),
                rs.getBoolean("required"),
                rs.getString("title_zh"),
                rs.getString("title_en"),
                rs.getString("text_zh"),
                rs.getString("text_en"));
    }

    public String title(String language) {
        return language.startsWith("zh") ? titleZh : titleEn;
    }

    public String text(String language) {
        return language.startsWith("zh") ? textZh : textEn;
    }
}
