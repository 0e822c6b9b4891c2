package org.yiqi.shared.db;

import java.lang.reflect.Field;
import java.sql.Types;
import java.util.UUID;
import org.eclipse.persistence.descriptors.ClassDescriptor;
import org.eclipse.persistence.mappings.DatabaseMapping;
import org.eclipse.persistence.mappings.foundation.AbstractDirectMapping;
import org.eclipse.persistence.sessions.Session;
import org.eclipse.persistence.sessions.SessionCustomizer;

/**
 * Lets entities have absent ids. EclipseLink's own converter fails on a null (eclipselink#2717), and it would bind the null as
 * varchar, which a column of type uuid refuses; the PostgreSQL driver needs neither, since it knows UUIDs.
 */
public class UuidNulls implements SessionCustomizer {

    @Override
    public void customize(Session session) throws NoSuchFieldException {
        for (ClassDescriptor descriptor : session.getDescriptors().values()) {
            for (DatabaseMapping mapping : descriptor.getMappings()) {
                if (mapping instanceof AbstractDirectMapping direct
                        && isUuid(descriptor.getJavaClass(), mapping.getAttributeName())) {
                    direct.setConverter(null);
                    direct.getField().setSqlType(Types.OTHER);
                }
            }
        }
    }

    private static boolean isUuid(Class<?> entity, String attribute) throws NoSuchFieldException {
        Field field = entity.getDeclaredField(attribute);
        return field.getType() == UUID.class;
    }
}
